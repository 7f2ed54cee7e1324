package io.bihuan.complaint;

import io.bihuan.platform.Actor;
import io.bihuan.platform.files.FileHash;

/** Keeps a record of who opened which file of a complaint; asked before the file is sent. */
public interface FileWatch {
    void opened(Complaint complaint, FileHash file, Actor by);
}
