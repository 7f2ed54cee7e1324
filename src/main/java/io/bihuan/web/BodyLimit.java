package io.bihuan.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** No body of an API call is longer than 1.5 MB: the container limits forms and uploads only. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class BodyLimit extends OncePerRequestFilter {
    static final long LONGEST = 3L << 19;

    static final class TooLong extends IOException {
        TooLong() {
            super("body longer than " + LONGEST + " bytes");
        }
    }

    private final Problems problems;

    BodyLimit(Problems problems) {
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        // Files have a limit of their own and are never held in memory.
        if (Shells.path(request).startsWith("/api/v1/files")) {
            return true;
        }
        String type = request.getContentType();
        return !Failures.isApi(request) || (type != null && type.startsWith("multipart/"));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > LONGEST) {
            problems.write(HttpStatus.CONTENT_TOO_LARGE, request, response);
            return;
        }
        chain.doFilter(request.getContentLengthLong() >= 0 ? request : new Counted(request), response);
    }

    /** A chunked body tells its length only while it is read. */
    private static final class Counted extends HttpServletRequestWrapper {
        Counted(HttpServletRequest request) {
            super(request);
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            ServletInputStream in = super.getInputStream();
            return new ServletInputStream() {
                private long read;

                @Override
                public int read() throws IOException {
                    int next = in.read();
                    count(next < 0 ? 0 : 1);
                    return next;
                }

                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                    int count = in.read(bytes, offset, length);
                    count(Math.max(count, 0));
                    return count;
                }

                private void count(int bytes) throws TooLong {
                    read += bytes;
                    if (read > LONGEST) {
                        throw new TooLong();
                    }
                }

                @Override
                public boolean isFinished() {
                    return in.isFinished();
                }

                @Override
                public boolean isReady() {
                    return in.isReady();
                }

                @Override
                public void setReadListener(ReadListener listener) {
                    in.setReadListener(listener);
                }
            };
        }
    }
}
