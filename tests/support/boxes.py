"""Files that hold several mails, a mail in a wrapping, one that is a signed block, and one with a file written into its text."""

from __future__ import annotations

from binascii import b2a_uu
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs7 import PKCS7SignatureBuilder

from tests.support.mails import SENT, part


def boxed(*mails: bytes, line: bytes = b"From zhang@example.com Wed Nov 18 09:30:00 2020", end: bytes = b"\n") -> bytes:
    """Write a mailbox (mbox), each mail after a line of its own."""
    return b"".join(line + end + each.replace(b"\n", end) + end + end for each in mails)


def in_apple_wrapping(made: bytes) -> bytes:
    """Write a mail as Apple keeps it: its length before it, notes of its own behind it."""
    return b"%-10d\n" % len(made) + made + b"<?xml version='1.0'?><plist></plist>"


def signed_mail(block: bytes, kind: bytes = b"application/pkcs7-mime") -> bytes:
    """Write a mail that is one signed block."""
    head = b"From: zhang@example.com\r\nTo: fzb@example.com\r\nDate: " + SENT.encode() + b"\r\n"
    return head + part(b"Content-Type: " + kind + b'; smime-type=signed-data; name="smime.p7m"', block)


def written_out(name: bytes, data: bytes) -> bytes:
    """Write a mail with a file in its text, as programs of old do (uuencode)."""
    lines = b"".join(b2a_uu(data[at : at + 45]) for at in range(0, len(data), 45))
    text = b"hello\n\nbegin 644 " + name + b"\n" + lines + b"`\nend\n"
    return b"From: a@b.c\nTo: d@e.f\nContent-Type: text/plain; charset=gbk\nContent-Transfer-Encoding: 8bit\n\n" + text


def signed_der(text: bytes) -> bytes:
    """Sign a text as programs do that hold all of it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "x")])
    day = datetime(2020, 1, 1, tzinfo=UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, day, day + timedelta(days=9)).sign(
        key, hashes.SHA256()
    )
    return PKCS7SignatureBuilder(text).add_signer(made, key, hashes.SHA256()).sign(Encoding.DER, [])


def signed_in_pieces(text: bytes) -> bytes:
    """Write a signed block as programs do that do not know its length before."""
    pieces = b"".join(
        b"\x04\x82" + len(each).to_bytes(2, "big") + each
        for each in (text[at : at + 1000] for at in range(0, len(text), 1000))
    )
    octets = b"\x24\x80" + pieces + b"\0\0"
    data = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01"
    inner = b"\x30\x80" + data + b"\xa0\x80" + octets + b"\0\0" + b"\0\0"
    signed = b"\x30\x80\x02\x01\x01\x31\x00" + inner + b"\x31\x00" + b"\0\0"
    return b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0\x80" + signed + b"\0\0" + b"\0\0"
