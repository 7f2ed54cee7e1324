-- What only one node may do at a time: a connection to a mailbox, to a telephone system. Whoever holds the lease renews it while it works.
create table platform.lease (
    name text primary key,
    holder text not null,
    until timestamptz not null
);
