"""The files that people handed in: copied while others are added and taken away."""

import os
import shutil

from django.db import models

from .manifest import files_below


class Copying:
    """Copies a folder in rounds: a file that was still being written is taken again in the next."""

    def __init__(self, root, target):
        self.root, self.target, self.seen = root, target, {}

    def round(self):
        """Copy what is new or changed since the last round; what vanished meanwhile is left."""
        for name, path in files_below(self.root).items():
            try:
                stands = (path.stat().st_size, path.stat().st_mtime_ns)
                if self.seen.get(name) != stands:
                    put(path, self.target / name)
                    self.seen[name] = stands
            except FileNotFoundError:
                continue


def put(source, target):
    """Copy one file so that under its name there is always a whole one."""
    target.parent.mkdir(parents=True, exist_ok=True)
    half = target.with_name(f".{target.name[:100]}.part")
    shutil.copyfile(source, half)
    half.chmod(0o600)  # as the site itself writes them
    os.replace(half, target)


def named(found, alias):
    """Return {file name: sha256 or ""} that the rows name, over every table that names files."""
    names = {}
    for model in found:
        hashed = any(field.name == "sha256" for field in model._meta.local_fields)
        for field in model._meta.local_fields:
            if isinstance(field, models.FileField):
                wanted = [field.attname, "sha256"] if hashed else [field.attname]
                rows = model._base_manager.using(alias).exclude(**{field.attname: ""})
                for name, *known in rows.values_list(*wanted):
                    if name:
                        names[str(name)] = known[0] if known else ""
    return names


def bring_back(source, root, wanted):
    """Make `root` hold exactly the wanted files of a backup."""
    root.mkdir(parents=True, exist_ok=True)
    for name in wanted:
        put(source / name, root / name)
    for name, path in files_below(root).items():
        if name not in wanted:
            path.unlink()
