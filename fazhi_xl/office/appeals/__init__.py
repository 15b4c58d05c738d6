"""Requests for a review: taken or refused by rule, kept, and put before the office with what would move."""
