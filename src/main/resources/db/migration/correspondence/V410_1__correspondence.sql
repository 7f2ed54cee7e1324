create schema if not exists correspondence;

-- What was said to the customer of a complaint; how it was sent is known to the message module.
create table correspondence.said (
    complaint_id uuid not null,
    -- the id of the message
    id uuid not null,
    purpose text not null,
    notice text,
    actor text not null,
    way text not null,
    state text not null,
    at timestamptz not null,
    sent_at timestamptz,
    delivered_at timestamptz,
    read_at timestamptz,
    failed_at timestamptz,
    -- whether the complaint knows of the result that it tells
    result_told boolean not null default false,
    data_key bytea,
    body bytea,
    primary key (complaint_id, id)
);

create index said_newest on correspondence.said (complaint_id, at desc, id desc);

-- A progress notice that was told or moved; when it is due stands at its clock.
create table correspondence.notice (
    complaint_id uuid not null,
    notice text not null,
    moved_at timestamptz,
    message_id uuid,
    told_at timestamptz,
    delivered_at timestamptz,
    primary key (complaint_id, notice)
);

-- Why a complaint is closed with fewer notices than were promised.
create table correspondence.excuse (
    complaint_id uuid primary key,
    told integer not null,
    at timestamptz not null
);

create index excuse_at on correspondence.excuse (at);
