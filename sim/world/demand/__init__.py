"""Demand of one replication, decided before any policy acts: one module a stream."""
