"""The proof: whether an audio file keeps what its plan promises."""
