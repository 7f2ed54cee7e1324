create schema if not exists message;

-- What a colleague was told; the key makes telling again harmless.
create table message.staff_notice (
    recipient uuid not null,
    occasion uuid not null,
    text_key text not null,
    arguments text[] not null,
    href text not null,
    at timestamptz not null,
    read_at timestamptz,
    primary key (recipient, occasion)
);

create index staff_notice_newest on message.staff_notice (recipient, at desc, occasion desc);
create index staff_notice_unread on message.staff_notice (recipient, at) where read_at is null;
