"""Encrypts and signs a callback as the WeChat platform does, with nothing of ours: hashlib and the openssl command."""
import base64, hashlib, os, struct, subprocess, sys

aes_key, token, app_id, timestamp, nonce = sys.argv[1:6]
text = sys.stdin.buffer.read()
key = base64.b64decode(aes_key + "=")
plain = os.urandom(16) + struct.pack(">I", len(text)) + text + app_id.encode()
padding = 32 - len(plain) % 32
plain += bytes([padding]) * padding
sealed = subprocess.run(
    ["openssl", "enc", "-aes-256-cbc", "-e", "-nopad", "-K", key.hex(), "-iv", key[:16].hex()],
    input=plain, capture_output=True, check=True).stdout
encrypted = base64.b64encode(sealed).decode()
print(encrypted)
print(hashlib.sha1("".join(sorted([token, timestamp, nonce, encrypted])).encode()).hexdigest())
