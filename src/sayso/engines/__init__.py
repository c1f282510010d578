"""Engines propose acts, roles, voices, modality and figures with quotes; the pipeline disposes."""
