package io.bihuan.platform.database;

/**
 * How to reach a database.
 *
 * @param url a JDBC URL without credentials
 * @param masterKey 32 random bytes in base64, from which keys of personal data are protected
 */
public record ServerAccess(String url, String username, String password, String masterKey) {
    @Override
    public String toString() {
        return username + "@" + url;
    }
}
