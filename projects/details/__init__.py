"""What is special to a kind of project, as plain JSON for its snapshot: {kind: function(project) -> dict}.

The dict is {"facts": [[label, text]], "tables": [{"caption", "columns": [[label, kind]], "rows": [[value]]}]}.
"""

from ..models import Project
from . import balanced, soc

DETAILS = {Project.Kind.SOC: soc.detail, Project.Kind.BALANCED: balanced.detail}
