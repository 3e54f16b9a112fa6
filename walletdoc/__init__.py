"""Offline troubleshooter for digital wallets: decision-tree flows, walked, proved and practised."""

__version__ = "0.1.0"
