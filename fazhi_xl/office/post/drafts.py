"""邮件/待发, the folder of drafts: where each lies, whose it is, and which are out of date."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from hashlib import sha256
from pathlib import Path

from fazhi_xl.disk import remove
from fazhi_xl.office.post.outcome import Done
from fazhi_xl.office.post.plan import Dispatch, Sort
from fazhi_xl.office.post.register import PostRegister
from fazhi_xl.office.workspace.folder import Workspace, reading, writing
from fazhi_xl.text.file_names import safe_name

WAITING = "待发"  # the folder, in 邮件/


def draft_path(space: Workspace, dispatch: Dispatch | Done) -> Path:
    """Give the place of a unit's draft of a sort, the first of a run."""
    return _folder(space, dispatch.sort) / safe_name(f"{dispatch.unit}.eml")


def _folder(space: Workspace, sort: Sort) -> Path:
    return space.mail / WAITING / sort.word


def is_own_draft(space: Workspace, register: PostRegister, path: Path, data: bytes) -> bool:
    """Say whether a draft is as it was written and recorded."""
    known = register.draft_at(path.relative_to(space.mail).as_posix())
    return known is not None and known.sha256 == sha256(data).hexdigest()


def clear_outdated(
    space: Workspace, register: PostRegister, sorts: Collection[Sort], kept: Collection[Path], sent: Collection[Path]
) -> Iterator[str]:
    """Take away the drafts of these sorts that are not to be kept, and say which; one that somebody has changed stays, and is told.

    `sent` are the drafts of messages that went out by the server. Raises WrongUseError where that cannot be done.
    """
    for sort in sorts:
        old = [path for path in sorted(_folder(space, sort).glob("*.eml")) if path not in kept]
        own = [path for path in old if _is_own(space, register, path)]
        for path in own:
            with writing(path):
                remove(path)
        gone, left = [path for path in own if path in sent], [path for path in own if path not in sent]
        if gone:
            yield f"信已经发出,撤下{len(gone)}封以前写的{sort.word}草稿:{_named(gone)}。"
        if left:
            yield f"撤下{len(left)}封不用再发的{sort.word}草稿:{_named(left)}。"
        if changed := [path for path in old if path not in own]:
            yield f"{_folder(space, sort)} 里有{len(changed)}封草稿不用再发,因为有人改过,没有动它:{_named(changed)}。"


def _is_own(space: Workspace, register: PostRegister, path: Path) -> bool:
    with reading(path):
        return is_own_draft(space, register, path, path.read_bytes())


def _named(paths: Collection[Path]) -> str:
    return "、".join(path.stem for path in paths)
