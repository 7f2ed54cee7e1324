create schema if not exists telephony;

-- Which telephone stands before whom.
create table telephony.extension (
    extension text primary key,
    staff uuid not null,
    created_at timestamptz not null
);
create index extension_staff on telephony.extension (staff);

-- The call log: each row is what the events of a call add up to. Numbers and addresses of recordings are encrypted with the call's key.
create table telephony.call (
    id uuid primary key,
    source text not null,
    call_id text not null,
    version integer not null,
    data_key bytea not null,
    direction text not null check (direction in ('INBOUND', 'OUTBOUND')),
    state text not null check (state in ('QUEUED', 'RINGING', 'TALKING', 'HELD', 'ENDED', 'ABANDONED', 'NOT_REACHED')),
    number bytea,
    number_index bytea,
    queue text,
    extension text,
    staff uuid,
    -- who is to see it now: who is rung, who talks
    agents uuid[] not null default '{}',
    started_at timestamptz not null,
    -- null while only a recording is known
    offered_at timestamptz,
    answered_at timestamptz,
    ended_at timestamptz,
    waited_ms bigint,
    talked_ms bigint,
    held_ms bigint not null default 0,
    transfers integer not null default 0,
    recording bytea,
    recording_sha256 text check (recording_sha256 ~ '^[0-9a-f]{64}$'),
    changed_at timestamptz not null,
    -- when the call-backs of its number are to be looked at
    follow_at timestamptz,
    call_back uuid,
    outcome text,
    complaint_number text,
    wrapped_at timestamptz,
    unique (source, call_id)
);
create index call_started on telephony.call (started_at desc, id desc);
create index call_state on telephony.call (state, started_at desc, id desc);
create index call_staff on telephony.call (staff, started_at desc, id desc);
create index call_queue on telephony.call (queue, started_at desc, id desc);
create index call_number on telephony.call (number_index, started_at desc, id desc);
create index call_offered on telephony.call (offered_at) include (state, answered_at, waited_ms, talked_ms, queue)
    where direction = 'INBOUND';
create index call_changed on telephony.call (changed_at);
create index call_live on telephony.call (changed_at) where state in ('QUEUED', 'RINGING', 'TALKING', 'HELD');
create index call_follow on telephony.call (follow_at) where follow_at is not null;
create index call_call_back on telephony.call (call_back) where call_back is not null;

-- What was told, in the order of the telephone system's clock: at, kind, id.
create table telephony.call_event (
    call_id uuid not null references telephony.call,
    source text not null,
    event_id text not null,
    kind text not null check (kind in ('QUEUED', 'RINGING', 'ANSWERED', 'HELD', 'RESUMED', 'TRANSFERRED', 'ENDED', 'ABANDONED',
        'RECORDING_READY')),
    at timestamptz not null,
    direction text check (direction in ('INBOUND', 'OUTBOUND')),
    number bytea,
    queue text,
    extension text,
    recording bytea,
    recording_sha256 text,
    recorded_at timestamptz not null,
    primary key (call_id, event_id),
    unique (source, event_id)
);

-- What the agent writes down after a call; encrypted with the call's key.
create table telephony.wrap_up (
    id uuid primary key,
    call_id uuid not null references telephony.call,
    staff uuid not null,
    outcome text not null,
    note bytea,
    complaint_number text,
    at timestamptz not null
);
create index wrap_up_call on telephony.wrap_up (call_id, at);

-- Who is to be called back. The task itself is a parked message of the inbox.
create table telephony.call_back (
    id uuid primary key,
    number_index bytea not null,
    message uuid,
    calls integer not null,
    opened_at timestamptz not null,
    last_call_at timestamptz not null,
    taken_by uuid,
    taken_at timestamptz,
    closed_at timestamptz,
    closed_by_call uuid references telephony.call
);
create index call_back_message on telephony.call_back (message) where message is not null;
create index call_back_open on telephony.call_back (number_index, last_call_at desc) where closed_at is null;
