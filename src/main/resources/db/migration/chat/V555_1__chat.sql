create schema if not exists chat;

-- A conversation with a person of ours. Personal columns are encrypted with data_key, which is wrapped by the master key.
create table chat.chat (
    id uuid primary key,
    -- of the secret part of the customer's address
    token_index bytea not null unique,
    -- of the network address it was opened from
    address_index bytea not null,
    business_line text not null,
    state text not null check (state in ('WAITING', 'TALKING', 'ENDED', 'LEFT', 'MESSAGE')),
    data_key bytea not null,
    customer_name bytea,
    customer_phone bytea,
    agent uuid,
    opened_at timestamptz not null,
    queued_at timestamptz not null,
    taken_at timestamptz,
    answered_at timestamptz,
    ended_at timestamptz,
    customer_seen_at timestamptz not null,
    last_seq integer not null default 0,
    customer_seq integer not null default 0,
    agent_seen_seq integer not null default 0,
    recorded_seq integer not null default 0,
    complaint_id uuid,
    complaint_number text,
    check ((state = 'TALKING') <= (agent is not null)),
    check ((state in ('ENDED', 'LEFT', 'MESSAGE')) = (ended_at is not null))
);

create index chat_waiting on chat.chat (queued_at, id) where state = 'WAITING';
create index chat_of_agent on chat.chat (agent, queued_at, id) where state = 'TALKING';
create index chat_opened on chat.chat (opened_at, id);
create index chat_address on chat.chat (address_index, opened_at);

create table chat.line (
    chat_id uuid not null references chat.chat,
    seq integer not null,
    -- the sender's own: a line that is sent twice is one
    token uuid not null,
    side text not null check (side in ('CUSTOMER', 'AGENT', 'NOTE', 'SYSTEM')),
    staff uuid,
    at timestamptz not null,
    text bytea not null,
    primary key (chat_id, seq),
    unique (chat_id, token)
);

-- Who takes chats now, and how many at once.
create table chat.agent (
    staff uuid primary key,
    available boolean not null,
    most integer not null check (most between 1 and 20),
    seen_at timestamptz not null,
    given_at timestamptz not null
);
