"""What may be wrong with a return, a file or a review book, as values with a place. Nothing here stops a run."""

from fazhi_xl.findings.catalogue import Code
from fazhi_xl.findings.columns import Actor, Severity, Topic
from fazhi_xl.findings.finding import HIDDEN, NOWHERE, Finding, Key, Place, finding

__all__ = ["HIDDEN", "NOWHERE", "Actor", "Code", "Finding", "Key", "Place", "Severity", "Topic", "finding"]
