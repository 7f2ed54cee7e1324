"""Reads mails with Python's email package and prints one JSON object a mail: what an independent reader finds in them."""
import base64, email, email.header, email.utils, hashlib, json, re, sys
from email.feedparser import BytesFeedParser


def text_of(raw):
    if raw is None:
        return ""
    if not isinstance(raw, str):
        raw = str(raw)
    return str(email.header.make_header(email.header.decode_header(raw)))


def header(mail, name):
    try:
        return re.sub(r"\s+", " ", text_of(mail.get(name))).strip()
    except Exception as error:
        return "!" + type(error).__name__


def addresses(mail, name):
    values = [str(value) for value in mail.get_all(name, [])]
    return [address for _, address in email.utils.getaddresses(values) if "@" in address]


def decoded(part):
    payload = part.get_payload(decode=True) or b""
    charset = part.get_content_charset() or "us-ascii"
    try:
        return payload.decode(charset)
    except (LookupError, UnicodeDecodeError):
        return None


def leaves(part, inside):
    if part.get_content_type() == "message/rfc822" and part.is_multipart():
        yield part, inside
        yield from leaves(part.get_payload(0), inside + ["message"])
    elif part.get_content_maintype() == "multipart" and part.is_multipart():
        for child in part.get_payload():
            yield from leaves(child, inside + [part.get_content_type()])
    else:
        yield part, inside


def clean(text):
    return re.sub(r"\s+", " ", text).strip()


def is_body(part, inside):
    kind = part.get_content_type()
    alternative = not inside or inside[-1] in ("multipart/alternative", "message")
    named = part.get_filename() is not None
    return (
        (kind in ("text/plain", "text/html") or part.get_content_maintype() == "multipart")
        and part.get_content_disposition() != "attachment"
        and (not named or alternative)
    )


def pick(part, inside):
    """The plain and the HTML text, and whether both kinds would have to be joined."""
    if part.get_content_maintype() == "multipart" and part.is_multipart():
        kind = part.get_content_type()
        found = [pick(child, inside + [kind]) for child in part.get_payload()]
        if kind == "multipart/alternative":
            plain = next((one[0] for one in found if one[0] and one[0].strip()), next((one[0] for one in found if one[0] is not None), None))
            markup = [one[1] for one in found if one[1] is not None]
            return plain, markup[-1] if markup else None, any(one[2] for one in found)
        found = [one for one in found if one[0] is not None or one[1] is not None]
        if len(found) <= 1:
            return found[0] if found else (None, None, False)
        mixed = any(one[2] or one[1] is not None for one in found)
        return "\n".join(one[0] or "" for one in found), None, mixed
    if not is_body(part, inside):
        return None, None, False
    text = decoded(part)
    if text is None:
        return None, None, True
    return (None, text, False) if part.get_content_type() == "text/html" else (text, None, False)


def read(raw):
    parser = BytesFeedParser()
    parser.feed(raw)
    mail = parser.close()
    files = []
    for part, inside in leaves(mail, []):
        kind = part.get_content_type()
        name = part.get_filename()
        if name is not None:
            name = clean(text_of(name))
        if kind == "message/rfc822" and part.is_multipart():
            files.append({"type": kind, "name": name, "sha": None})
        elif kind in ("message/delivery-status", "text/rfc822-headers") or is_body(part, inside):
            continue
        else:
            payload = part.get_payload(decode=True) or b""
            payload = payload.replace(b"\r\n", b"\n")
            files.append({"type": kind, "name": name, "sha": hashlib.sha256(payload).hexdigest()})
    plain, markup, mixed = pick(mail, [])
    return {
        "subject": header(mail, "Subject"),
        "from": addresses(mail, "From"),
        "to": addresses(mail, "To"),
        "cc": addresses(mail, "Cc"),
        "plain": None if mixed or plain is None else clean(plain),
        "html": None if mixed or markup is None else clean(markup),
        "files": files,
    }


for line in sys.stdin:
    raw = base64.b64decode(line)
    try:
        result = read(raw)
    except Exception as error:
        result = {"error": type(error).__name__ + ": " + str(error)}
    print(json.dumps(result), flush=True)
