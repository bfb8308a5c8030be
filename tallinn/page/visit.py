"""The visit that a page is run for: where it comes from, and whether it is one of the staff."""

import streamlit as st

from tallinn import access


def visit() -> access.Visit:
    """What is known of this visit."""
    return access.Visit(st.get_option("server.address"), dict(st.context.headers), st.context.ip_address)


def is_staff() -> bool:
    """Whether this visitor is of the staff."""
    return access.is_staff(visit())
