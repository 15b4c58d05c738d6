"""Addresses as mail servers take them."""

from __future__ import annotations

import re

_ADDRESS = re.compile(r"[^\s<>(),;:\"\\\[\]@\x00-\x20\x7f]+@[^\s<>(),;:\"\\\[\]@\x00-\x20\x7f]+")


def wire(address: str) -> str:
    """Give an address with its domain in ASCII (IDNA); what stands before the @ stays. Raises ValueError for what is no address."""
    if not _ADDRESS.fullmatch(address):
        raise ValueError(address)
    local, _, domain = address.rpartition("@")
    return f"{local}@{domain if domain.isascii() else domain.encode('idna').decode()}"


def written(address: str) -> str:
    """Give an address as a header writes it: in ASCII as far as that can be, and what is no address as it is, in one word."""
    try:
        return wire(address)
    except ValueError:
        return re.sub(r"[\s<>,;]+", "", address)
