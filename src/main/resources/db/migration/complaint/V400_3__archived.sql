-- The newest complaints are mostly open: a list of the archived ones would walk over all of them.
create index complaint_archived on complaint.complaint (received_at desc, id desc) where archived_at is not null;
