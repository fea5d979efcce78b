"""A file that a visitor has uploaded, read once however often the page is drawn with it."""

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from data_loaders.survey.apart import read_apart
from data_loaders.survey.sheets import Sheet, UploadError
from pages.components.state import keys, turns


def read(file: UploadedFile) -> Sheet:
    """The sheet of answers of a file. Raises UploadError."""
    name, found = st.session_state.get(keys.ANSWERS_READ, ("", None))
    if name != file.file_id:
        with st.spinner("Reading the file"), turns.given_up():
            found = _read(file.getvalue())
        st.session_state[keys.ANSWERS_READ] = (file.file_id, found)
    if isinstance(found, UploadError):
        raise found
    return found


def _read(content: bytes) -> Sheet | UploadError:
    try:
        return read_apart(content)
    except UploadError as problem:
        return problem
