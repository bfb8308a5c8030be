"""Charts drawn without a browser: as pictures to take away and for papers."""

from tallinn.pictures.elements import FONTS
from tallinn.pictures.plot import svg
from tallinn.pictures.sheet import FORMS, Form, Picture, picture
from tallinn.pictures.traces import NotDrawn

__all__ = ["FONTS", "FORMS", "Form", "NotDrawn", "Picture", "picture", "svg"]
