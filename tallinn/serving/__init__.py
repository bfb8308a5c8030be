"""What stands before the dashboard: the public's files, headers, limits, and the log."""

from tallinn.serving.answering import PublicFiles
from tallinn.serving.folder import Folder, NotWritten
from tallinn.serving.headers import SecureHeaders, policy
from tallinn.serving.limits import Limits
from tallinn.serving.logs import Logged
from tallinn.serving.shelves import Shelves

__all__ = ["Folder", "Limits", "Logged", "NotWritten", "PublicFiles", "SecureHeaders", "Shelves", "policy"]
