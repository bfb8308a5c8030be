"""What stands before the dashboard: the public's files, headers, limits, the log, and scripts made small."""

from tallinn.serving.answering import PublicFiles
from tallinn.serving.folder import Folder, NotWritten
from tallinn.serving.headers import SecureHeaders, policy
from tallinn.serving.limits import Limits
from tallinn.serving.logs import Logged
from tallinn.serving.scripts import Scripts
from tallinn.serving.shelves import Shelves

__all__ = ["Folder", "Limits", "Logged", "NotWritten", "PublicFiles", "Scripts", "SecureHeaders", "Shelves", "policy"]
