"""Gold readers, scores, floors."""
