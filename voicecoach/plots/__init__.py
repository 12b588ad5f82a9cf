"""Plots: what a log shows at a glance. They need the extra ``plots``, which is loaded when one is drawn."""
