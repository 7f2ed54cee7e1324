package io.bihuan.wechat;

import io.bihuan.complaint.Attachment;
import io.bihuan.complaint.ComplaintFiles;
import io.bihuan.intake.SourceStates;
import io.bihuan.platform.files.Files;
import io.bihuan.wechat.WeChatSettings.Account;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/** Fetches what customers send beside text, and keeps it as files. */
@Component
class Media {
    private static final DataSize LIMIT = DataSize.ofBytes(WeChatApi.LARGEST_FILE);

    private final WeChatApi api;
    private final AccessTokens tokens;
    private final Files files;
    private final SourceStates sources;

    Media(WeChatApi api, AccessTokens tokens, Files files, SourceStates sources) {
        this.api = api;
        this.tokens = tokens;
        this.files = files;
        this.sources = sources;
    }

    /**
     * A file as an attachment.
     *
     * @throws WeChatApi.Refusal when the platform does not have it
     * @throws io.bihuan.platform.Refused when it may not be kept
     * @throws IOException when it may come on another try
     */
    Attachment fetch(Account account, String mediaId, String name) throws IOException {
        byte[] bytes;
        try {
            bytes = bytes(account, mediaId);
        } catch (WeChatApi.Refusal e) {
            if (!e.isGone()) {
                sources.failing(account.source(), e.toString());
            }
            throw e;
        } catch (AccessTokens.Underway e) {
            throw e;
        } catch (IOException e) {
            sources.failing(account.source(), e.toString());
            throw e;
        }
        sources.working(account.source());
        return ComplaintFiles.attachment(files.store(new ByteArrayInputStream(bytes), name, LIMIT), name);
    }

    private byte[] bytes(Account account, String mediaId) throws IOException {
        String token = tokens.of(account);
        try {
            return api.media(account, token, mediaId);
        } catch (WeChatApi.Refusal e) {
            if (!e.isToken()) {
                throw e;
            }
            tokens.reject(account, token);
            return api.media(account, tokens.of(account), mediaId);
        }
    }
}
