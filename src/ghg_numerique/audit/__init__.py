"""The audit: one catalogue of properties, tried on a user's own inventory by deterministic changes."""

from ghg_numerique.audit.catalogue import PROPERTIES
from ghg_numerique.audit.property import Property, Violation
from ghg_numerique.audit.run import Audit, Outcome, Status, audit
from ghg_numerique.audit.subject import Subject

__all__ = ["PROPERTIES", "Audit", "Outcome", "Property", "Status", "Subject", "Violation", "audit"]
