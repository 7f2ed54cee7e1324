create schema if not exists wechat;

-- Somebody who writes to an account, and how far the conversation has come. Personal columns, here and in what refers to it, are encrypted
-- with data_key, which is wrapped by the master key; erasing destroys data_key.
create table wechat.conversation (
    id uuid primary key,
    account text not null,
    open_id text not null,
    data_key bytea,
    version integer not null,
    step text not null check (step in ('IDLE', 'TELLING', 'ASKING', 'CONTACT', 'CONFIRM', 'CHOOSE')),
    draft bytea,
    -- the complaint that additions go to while there are several, for a while
    chosen text,
    chosen_until timestamptz,
    due_at timestamptz,
    -- when the customer was last heard: for 48 hours from then the account may answer
    heard_at timestamptz,
    is_subscribed boolean not null,
    updated_at timestamptz not null,
    constraint conversation_once unique (account, open_id)
);
comment on column wechat.conversation.due_at is 'when the draft is taken in as it is, unless the customer goes on';
create index conversation_due on wechat.conversation (due_at) where due_at is not null;

-- Which complaints came out of a conversation.
create table wechat.complaint (
    complaint_id uuid primary key,
    conversation_id uuid not null references wechat.conversation,
    number text not null,
    opened_at timestamptz not null
);
create index complaint_conversation on wechat.complaint (conversation_id, opened_at desc);

-- What the account has to say, stored with the reason for saying it.
create table wechat.outgoing (
    id uuid primary key,
    conversation_id uuid not null references wechat.conversation,
    complaint_id uuid,
    -- what makes it say this: it is said once
    occasion uuid not null,
    body bytea not null,
    state text not null check (state in ('WAITING', 'SENT', 'REFUSED', 'FAILED')),
    attempts integer not null default 0,
    ready_at timestamptz not null,
    created_at timestamptz not null,
    ended_at timestamptz,
    error text,
    constraint outgoing_once unique (conversation_id, occasion),
    check ((state = 'WAITING') = (ended_at is null))
);
comment on column wechat.outgoing.ready_at is 'of a waiting one: when it may be sent next; who sends it has moved it to the end of a lease';
create index outgoing_waiting on wechat.outgoing (ready_at, id) where state = 'WAITING';
create index outgoing_order on wechat.outgoing (conversation_id, id) where state = 'WAITING';
create index outgoing_unsent on wechat.outgoing (created_at desc, id desc) where state in ('REFUSED', 'FAILED');
create index outgoing_complaint on wechat.outgoing (complaint_id, id) where complaint_id is not null;

-- The one key of the platform's interface, shared by all nodes.
create table wechat.access_token (
    account text primary key,
    data_key bytea not null,
    token bytea,
    expires_at timestamptz,
    fetched_at timestamptz,
    -- the platform does not take it any more before its time
    is_rejected boolean not null default false,
    fetching_until timestamptz
);

-- Whose phone number an OpenID is.
create table wechat.binding (
    id uuid primary key,
    account text not null,
    open_id text not null,
    data_key bytea,
    phone bytea not null,
    phone_index bytea not null,
    bound_at timestamptz not null,
    unbound_at timestamptz
);
create unique index binding_current on wechat.binding (account, open_id) where unbound_at is null;
create index binding_phone on wechat.binding (phone_index) where unbound_at is null;

-- A code on its way to a phone.
create table wechat.binding_code (
    account text not null,
    open_id text not null,
    data_key bytea not null,
    phone bytea not null,
    code_hash bytea not null,
    tries integer not null default 0,
    expires_at timestamptz not null,
    primary key (account, open_id)
);
create index binding_code_expired on wechat.binding_code (expires_at);

-- How often something was done; the key is a blind index.
create table wechat.allowance (
    key bytea primary key,
    used integer not null,
    resets_at timestamptz not null
);
create index allowance_resets on wechat.allowance (resets_at);
