-- Whose complaint it is, also where only an e-mail address is known. The rows that were here before get it from the follower "customers".
alter table complaint.complaint add column customer_email_index bytea;

create index complaint_email on complaint.complaint (customer_email_index, received_at) where customer_email_index is not null;
