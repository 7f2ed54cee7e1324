package io.bihuan.web;

/** Nothing stands at this address, or nothing that this reader may know of: 404. */
public class NotFound extends RuntimeException {
    public NotFound(String what) {
        super(what);
    }
}
