"""The code on the stage of a meeting by which people in the room open what they see on their phones."""

import ipaddress
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st

from pages.components.meeting.screens import Screen
from pages.components.state import addresses
from pages.components.state.view import View

# cells of white around it: on a dark page a camera needs them
EDGE = 2
_STYLE = f"<style>{Path(__file__).with_name('code.css').read_text(encoding='utf-8')}</style>"


def show(page: str, view: View, screens: Sequence[Screen]) -> None:
    """Draw the code at the right of the sentence, which gives up room for it; nothing where there is none."""
    link = leads_to(addresses.of_app(), page, view, screens)
    if not link:
        return
    st.html(_STYLE)
    with st.container(key="meeting_code"):
        st.html(f'<img src="{picture(link)}" alt="Code for cameras, to open this view on a phone">')


def leads_to(app: str, page: str, view: View, screens: Sequence[Screen]) -> str:
    """The link of a page's view, for an app at an address; empty where there is to be no code.

    There is none where the address is that of this machine alone; and none where made-up answers are shown,
    or answers that are in this session only: the link would spread the former, and has not the latter.
    """
    if not _is_elsewhere(app) or any(screen.is_made_up or screen.is_private for screen in screens):
        return ""
    return f"{app}/{page}{replace(view, meeting='', demo='no').query()}"


def picture(link: str) -> str:
    """The code as an address that holds its picture."""
    import segno  # here, because the first visitor should not wait for it

    return str(segno.make(link, micro=False, error="l").svg_data_uri(light="white", border=EDGE))


def _is_elsewhere(app: str) -> bool:
    """Whether others than this machine can be sent to an address."""
    host = urlsplit(app).hostname or ""
    try:
        ip = ipaddress.ip_address(host)
    except ValueError:
        return bool(host) and host.rpartition(".")[2] != "localhost"
    return not (ip.is_loopback or ip.is_unspecified)
