"""The shared nouns: periods, submissions and their moves, autosaved typing, publications, mails,
reminders, files of reports."""

from .chase import Extension, Reminder
from .files import ReportFile
from .guards import FileScan, ScanOverride, Withdrawal
from .handovers import Handover
from .mails import Mail
from .marks import PublicMark
from .periods import Period
from .publications import Publication
from .submissions import Autosave, Submission, Transition
from .uploads import Upload

__all__ = [
    "Autosave",
    "Extension",
    "Handover",
    "FileScan",
    "Mail",
    "Period",
    "PublicMark",
    "Publication",
    "Reminder",
    "ScanOverride",
    "ReportFile",
    "Submission",
    "Transition",
    "Withdrawal",
    "Upload",
]
