-- What is said to customers. Recipient and contents are encrypted with data_key, which is wrapped by the master key; erasing empties them.
create table message.message (
    id uuid primary key,
    subject text not null,
    subject_id uuid not null,
    category text not null check (category in ('SERVICE', 'URGENT', 'COMMERCIAL')),
    purpose text not null,
    -- in the order in which they are tried
    ways text[] not null,
    way text not null,
    state text not null check (state in
        ('PLANNED', 'HELD', 'SENDING', 'SENT', 'DELIVERED', 'READ', 'FAILED', 'CALL', 'SUPPRESSED', 'CANCELLED')),
    data_key bytea,
    recipient bytea,
    contents bytea,
    phone_index bytea,
    email_index bytea,
    created_at timestamptz not null,
    changed_at timestamptz not null,
    -- when something is to be done; who does it has moved it to the end of a lease
    next_at timestamptz,
    -- changes of way or state so far
    changes integer not null default 0
);
create index message_next on message.message (next_at, id) where next_at is not null;
create index message_subject on message.message (subject, subject_id, created_at desc);
create index message_newest on message.message (created_at desc, id desc);
create index message_state on message.message (state, created_at desc, id desc);
create index message_calls on message.message (changed_at, id) where state = 'CALL';
create index message_phone on message.message (phone_index, created_at desc) where phone_index is not null;

-- One way of a message; the provider knows it by id.
create table message.leg (
    message_id uuid not null references message.message on delete cascade,
    way text not null check (way in ('SMS', 'WECHAT', 'EMAIL', 'PHONE')),
    id uuid not null,
    state text not null,
    tries integer not null,
    asks integer not null,
    is_local boolean not null,
    provider_id text,
    handed_at timestamptz,
    last_handed_at timestamptz,
    sent_at timestamptz,
    arrived_at timestamptz,
    changed_at timestamptz not null,
    error text,
    -- the day on which it was handed over first, in the zone of this installation: the figures
    day date,
    primary key (message_id, way)
);
create unique index leg_id on message.leg (id);
create index leg_provider on message.leg (provider_id) where provider_id is not null;
create index leg_day on message.leg (day, way, state) where day is not null;
create index leg_local on message.leg (sent_at desc, message_id) where is_local;

-- Changes that whoever the message is about has yet to be told.
create table message.fate (
    message_id uuid not null,
    seq integer not null,
    subject text not null,
    subject_id uuid not null,
    way text not null,
    state text not null,
    at timestamptz not null,
    next_at timestamptz not null,
    tries integer not null default 0,
    primary key (message_id, seq)
);
create index fate_next on message.fate (next_at, message_id, seq);

-- What providers reported, by our id or theirs; a report may come before we know what it is about.
create table message.receipt (
    reference text not null,
    state text not null check (state in ('DELIVERED', 'READ', 'FAILED')),
    at timestamptz not null,
    error text,
    received_at timestamptz not null,
    primary key (reference, state)
);
create index receipt_received on message.receipt (received_at);

-- When a recipient, known by a blind index of the way and the address, was told something lately.
create table message.told (
    recipient bytea primary key,
    -- microseconds since 1970, the newest first
    taken bigint[] not null,
    changed_at timestamptz not null
);
create index told_changed on message.told (changed_at);

-- Who wants nothing more. The address is encrypted with data_key and found by its index.
create table message.opt_out (
    id uuid primary key,
    address_index bytea not null,
    is_of_all boolean not null,
    source text not null check (source in ('REPLY', 'STAFF')),
    data_key bytea not null,
    address bytea not null,
    since timestamptz not null,
    by_staff uuid,
    ended_at timestamptz,
    ended_by uuid
);
create unique index opt_out_current on message.opt_out (address_index) where ended_at is null;
create index opt_out_newest on message.opt_out (since desc, id desc);

-- Who looked at the number of a call.
create table message.reveal (
    message_id uuid not null references message.message on delete cascade,
    by_staff uuid not null,
    at timestamptz not null
);
create index reveal_message on message.reveal (message_id, at);

-- Calls that were made for a message.
create table message.call (
    message_id uuid not null references message.message on delete cascade,
    at timestamptz not null,
    by_staff uuid not null,
    was_reached boolean not null
);
create index call_message on message.call (message_id, at);

-- What people answered to texts, each once. Encrypted with data_key.
create table message.reply (
    id uuid primary key,
    reply_key bytea not null unique,
    data_key bytea not null,
    phone bytea not null,
    body bytea not null,
    at timestamptz not null,
    received_at timestamptz not null
);
create index reply_received on message.reply (received_at);
create index reply_newest on message.reply (at desc, id desc);
