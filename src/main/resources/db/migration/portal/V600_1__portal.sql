create schema if not exists portal;

-- Forms of customers that were taken in, so that the same form sent again changes nothing. Written in the transaction of the
-- complaint; kept 30 days.
create table portal.sent_form (
    form_token uuid primary key,
    -- keyed hash of what was written in it: whoever changed a form that was sent already is told so
    content_hash bytea not null,
    complaint_number text not null,
    sent_at timestamptz not null
);

create index sent_form_sent on portal.sent_form (sent_at);

-- How often something was done from one address in the current window. The key is a keyed hash: no address is stored.
create table portal.allowance (
    key bytea primary key,
    used integer not null,
    resets_at timestamptz not null
);

create index allowance_resets on portal.allowance (resets_at);

-- Failed attempts to open a complaint by number and digits, by a keyed hash of what was typed as the number, whether there is such a
-- complaint or not.
create table portal.lookup_attempt (
    number_hash bytea primary key,
    failed_count integer not null,
    locked_until timestamptz not null,
    last_at timestamptz not null
);

create index lookup_attempt_last on portal.lookup_attempt (last_at);
