"""A district's rule-of-law assessment: workbooks issued, returned, checked and ranked."""


def main() -> None:
    """Carry out what the office's console asks for: its button calls `fazhi_xl.main()`, after the name of its file."""
    from fazhi_xl.addin.entry import main as run  # noqa: PLC0415 - importing the package must load nothing

    run()
