package io.bihuan.investigation;

/** What a piece of evidence is. */
public enum EvidenceKind {
    REPAIR_RECORD,
    CALL_RECORDING,
    PHOTO,
    CHAT,
    INVOICE,
    QUOTE,
    STATEMENT,
    OTHER
}
