create schema if not exists webhook;

-- Where other systems want to hear of complaints. Secrets are encrypted with data_key, which is wrapped by the master key.
create table webhook.endpoint (
    id uuid primary key,
    url text not null,
    description text not null,
    -- empty: all
    types text[] not null,
    business_lines text[] not null,
    channels text[] not null,
    -- the token that made it; null for one of the desk
    token uuid,
    enabled boolean not null,
    disabled_for text check (disabled_for in ('BY_HAND', 'GONE', 'FAILING', 'TOKEN')),
    disabled_at timestamptz,
    failing_since timestamptz,
    data_key bytea not null,
    secret bytea not null,
    old_secret bytea,
    old_secret_until timestamptz,
    created_at timestamptz not null,
    removed_at timestamptz,
    constraint endpoint_disabled_for_a_reason check (enabled = (disabled_for is null))
);

-- One message to one endpoint. The body is kept as it is sent, so that every attempt says the same.
create table webhook.delivery (
    id uuid primary key,
    endpoint uuid not null references webhook.endpoint,
    -- id of the message for its receiver: that of the event, so that one event is one message however often it is read
    message uuid not null,
    type text not null,
    number text,
    body text not null,
    state text not null check (state in ('WAITING', 'DELIVERED', 'FAILED')),
    attempts integer not null default 0,
    created_at timestamptz not null,
    due_at timestamptz not null,
    done_at timestamptz,
    worker text,
    lease_until timestamptz,
    constraint delivery_once unique (endpoint, message)
);
create index delivery_due on webhook.delivery (endpoint, due_at, id) where state = 'WAITING';
create index delivery_under_way on webhook.delivery (endpoint, lease_until) where lease_until is not null;
create index delivery_of on webhook.delivery (endpoint, id desc);
create index delivery_state_of on webhook.delivery (endpoint, state, id desc);
create index delivery_old on webhook.delivery (created_at);

create table webhook.attempt (
    id uuid primary key,
    delivery uuid not null references webhook.delivery on delete cascade,
    at timestamptz not null,
    milliseconds integer not null,
    outcome text not null check (outcome in (
        'DELIVERED', 'REFUSED', 'GONE', 'REDIRECTED', 'TIMED_OUT', 'UNREACHABLE', 'FORBIDDEN', 'BROKEN')),
    status integer,
    -- how the answer began
    answer text not null
);
create index attempt_of on webhook.attempt (delivery, id);
