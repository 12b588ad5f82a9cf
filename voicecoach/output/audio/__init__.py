"""Audio files: one streaming sink for all kinds, encoded on all cores where the session has silences."""
