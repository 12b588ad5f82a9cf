"""Where the sound goes: devices, files, memory."""
