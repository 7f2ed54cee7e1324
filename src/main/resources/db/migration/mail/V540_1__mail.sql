create schema if not exists mail;

-- Which received mail bears which message id. Forgers and lists may give one id to two mails.
create table mail.thread (
    message_id text not null,
    message uuid not null,
    primary key (message_id, message)
);

-- How far a folder has been read: what lies below has been kept by the inbox.
create table mail.folder (
    box text not null,
    folder text not null,
    uid_validity bigint not null,
    last_uid bigint not null,
    read_at timestamptz not null,
    primary key (box, folder)
);

-- What is to be sent, once each. Recipient, subject and text are in content, encrypted with data_key, which is wrapped by the master key.
create table mail.outgoing (
    id uuid primary key,
    complaint_id uuid,
    complaint_number text,
    kind text not null check (kind in ('ACKNOWLEDGEMENT', 'REPLY')),
    message_id text not null unique,
    recipient_index bytea not null,
    content bytea not null,
    data_key bytea not null,
    state text not null check (state in ('WAITING', 'SENT', 'FAILED')),
    attempts integer not null default 0,
    ready_at timestamptz not null,
    created_at timestamptz not null,
    sent_at timestamptz,
    error text,
    check ((state = 'SENT') = (sent_at is not null))
);
create unique index outgoing_once on mail.outgoing (complaint_id, recipient_index) where kind = 'ACKNOWLEDGEMENT';
create index outgoing_ready on mail.outgoing (ready_at, id) where state = 'WAITING';
create index outgoing_recipient on mail.outgoing (recipient_index, created_at);
create index outgoing_newest on mail.outgoing (id desc);

-- Addresses to which nothing can be sent.
create table mail.bad_address (
    address_index bytea primary key,
    status text,
    since timestamptz not null
);

-- What the owner of a complaint has yet to be told.
create table mail.report (
    id uuid primary key,
    complaint_number text not null,
    kind text not null check (kind in ('BOUNCED', 'NOT_SENT')),
    masked text not null,
    status text,
    attempts integer not null default 0,
    ready_at timestamptz not null,
    done_at timestamptz
);
create index report_ready on mail.report (ready_at, id) where done_at is null;
