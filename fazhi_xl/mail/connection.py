"""Reaches a mail server: the connection, its encryption, and in one line what stands in the way. For both directions."""

from __future__ import annotations

import socket
import ssl
from contextlib import suppress
from ipaddress import ip_address

from fazhi_xl.mail.faults import Fault, MailError
from fazhi_xl.mail.settings import Security, Server
from fazhi_xl.text.system_errors import system_error

_UNTRUSTED = {  # X509_V_ERR_… of OpenSSL
    9: "还没有生效,请看一下电脑的日期",
    10: "已经过期,或者电脑的日期不对",
    18: "是服务器自己签发的",
    19: "签发它的机构不受信任",
    20: "签发它的机构不受信任",
    62: "不是这个服务器的",
    64: "不是这个服务器的",
}


def context(server: Server) -> ssl.SSLContext:
    """Give what is trusted: the system's certificates and those of the server's own file. Raises MailError where that is none."""
    made = ssl.create_default_context()
    if server.authority is not None:
        try:
            made.load_verify_locations(server.authority)
        except OSError as error:
            why = "里面没有证书" if isinstance(error, ssl.SSLError) else f"读不出来:{system_error(error)}"
            detail = f"证书文件 {server.authority} {why}"
            raise MailError(Fault.CERTIFICATE, host=server.host, detail=detail) from error
    return made


def connected(server: Server) -> socket.socket:
    """Connect without encryption, and wait no longer than the server's patience, here and at each later step. Raises MailError."""
    try:
        connection = socket.create_connection((server.host, server.port), timeout=server.patience)
    except (socket.gaierror, UnicodeError) as error:
        raise MailError(Fault.UNKNOWN_HOST, host=server.host) from error
    except OSError as error:
        detail = "等了很久没有接通" if isinstance(error, TimeoutError) else _why(error)
        raise MailError(Fault.UNREACHABLE, host=server.host, port=server.port, detail=detail) from error
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # what is short goes at once
    return connection


def _why(error: OSError) -> str:
    return "对方没有开这个端口" if isinstance(error, ConnectionRefusedError) else system_error(error)


def encrypted(plain: socket.socket, server: Server, trusted: ssl.SSLContext) -> ssl.SSLSocket:
    """Encrypt a connection, and be sure of the server's name. Raises MailError, and then the connection is closed."""
    try:
        return trusted.wrap_socket(plain, server_hostname=server.host)
    except ssl.SSLCertVerificationError as error:
        raise _closed(plain, untrusted(server, error)) from error
    except TimeoutError as error:
        raise _closed(plain, silent(server)) from error
    except (OSError, ValueError) as error:  # also a server that speaks no TLS at this port
        raise _closed(plain, no_tls(server)) from error


def _closed(plain: socket.socket, error: MailError) -> MailError:
    with suppress(OSError):
        plain.close()
    return error


def untrusted(server: Server, error: ssl.SSLCertVerificationError) -> MailError:
    """Say why a server is not believed to be the one that is set."""
    detail = _UNTRUSTED.get(error.verify_code, f"验证没有通过:{error.verify_message}")
    return MailError(Fault.CERTIFICATE, host=server.host, detail=detail)


def silent(server: Server) -> MailError:
    """Say that the server does not answer."""
    return MailError(Fault.SILENT, host=server.host, port=server.port, seconds=f"{server.patience:g}")


def no_tls(server: Server) -> MailError:
    """Say that the server cannot be spoken to in the way that is set."""
    return MailError(Fault.NO_TLS, host=server.host, port=server.port, security=server.security.word)


def refuse_open_password(connection: socket.socket, server: Server) -> None:
    """Refuse to log in without encryption anywhere but on this machine or its own network. Raises MailError."""
    peer = str(connection.getpeername()[0])
    if server.security is Security.NONE and not ip_address(peer.partition("%")[0]).is_private:
        raise MailError(Fault.PLAIN, host=server.host, detail=peer)
