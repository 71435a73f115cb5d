package io.atalaya.console;

import io.atalaya.console.account.Accounts;
import io.atalaya.console.account.ProviderSignIn;
import io.atalaya.console.account.Sessions;
import io.atalaya.console.audit.Audit;
import io.atalaya.console.request.EnteredText;
import io.atalaya.console.request.Json;
import io.atalaya.console.request.Problem;
import io.atalaya.console.security.Limits;
import io.atalaya.console.security.Role;
import io.atalaya.console.security.Routes;
import io.atalaya.console.security.Viewer;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.DefaultCookieSerializer;
import org.springframework.web.filter.OncePerRequestFilter;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;

/** Who may call what: {@link Routes}, and nothing else. */
@Configuration
@EnableWebSecurity
class Security {
    private static final String ROUTE = "atalaya.route";
    private static final Pattern SESSION_ID = Pattern.compile("[0-9a-f-]{36}");
    static final String CSRF_COOKIE = "__Host-XSRF-TOKEN";
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; worker-src 'self';"
                    + " img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src"
                    + " 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    @Bean
    CookieCsrfTokenRepository csrfTokens() {
        CookieCsrfTokenRepository tokens = CookieCsrfTokenRepository.withHttpOnlyFalse();
        // The prefix keeps other hosts of the same domain from setting it.
        tokens.setCookieName(CSRF_COOKIE);
        tokens.setCookieCustomizer(cookie -> cookie.secure(true).sameSite("Strict").path("/"));
        return tokens;
    }

    @Bean
    CookieSerializer sessionCookie(@Value("${console.oidc.issuer:}") String issuer) {
        // What is no id of a session is not looked for in the database, which may not take it.
        DefaultCookieSerializer cookie =
                new DefaultCookieSerializer() {
                    @Override
                    public List<String> readCookieValues(HttpServletRequest request) {
                        return super.readCookieValues(request).stream()
                                .filter(each -> SESSION_ID.matcher(each).matches())
                                .toList();
                    }
                };
        cookie.setCookieName("__Host-atalaya");
        cookie.setCookiePath("/");
        cookie.setUseHttpOnlyCookie(true);
        cookie.setUseSecureCookie(true);
        // The way back from another system's login is a request from another site.
        cookie.setSameSite(issuer.isEmpty() ? "Strict" : "Lax");
        return cookie;
    }

    /** There is no other way to sign in than the console's own. */
    @Bean
    AuthenticationManager noAuthenticationManager() {
        return authentication -> {
            throw new IllegalStateException("not used");
        };
    }

    @Bean
    SecurityFilterChain routes(
            HttpSecurity http,
            Sessions sessions,
            Accounts accounts,
            CookieCsrfTokenRepository csrfTokens,
            Limits limits,
            @Value("${console.oidc.issuer:}") String issuer,
            @Value("${console.oidc.client-id:}") String clientId,
            @Value("${console.oidc.client-secret:}") String clientSecret,
            ProviderSignIn providerSignIn)
            throws Exception {
        http.csrf(csrf -> csrf.spa().csrfTokenRepository(csrfTokens))
                .securityContext(
                        context ->
                                context.securityContextRepository(
                                        new RequestAttributeSecurityContextRepository()))
                .requestCache(cache -> cache.disable())
                .formLogin(form -> form.disable())
                .httpBasic(basic -> basic.disable())
                .logout(logout -> logout.disable())
                .addFilterBefore(new BorderFilter(limits), CsrfFilter.class)
                .addFilterBefore(
                        new SignedInFilter(sessions, accounts, limits),
                        AnonymousAuthenticationFilter.class)
                .headers(
                        headers ->
                                headers.contentSecurityPolicy(csp -> csp.policyDirectives(POLICY))
                                        .referrerPolicy(r -> r.policy(ReferrerPolicy.NO_REFERRER))
                                        .crossOriginOpenerPolicy(
                                                c -> c.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                                        .cacheControl(cache -> cache.disable()))
                .exceptionHandling(
                        refuse ->
                                refuse.authenticationEntryPoint(
                                                (request, response, e) ->
                                                        write(
                                                                response,
                                                                HttpStatus.UNAUTHORIZED,
                                                                "not-signed-in"))
                                        .accessDeniedHandler(
                                                (request, response, e) ->
                                                        write(
                                                                response,
                                                                HttpStatus.FORBIDDEN,
                                                                e instanceof CsrfException
                                                                        ? "csrf"
                                                                        : "forbidden")))
                .authorizeHttpRequests(
                        allow -> {
                            PathPatternRequestMatcher.Builder path =
                                    PathPatternRequestMatcher.withDefaults();
                            for (Routes.Route route : Routes.ALL) {
                                var at = allow.requestMatchers(route.matcher());
                                if (route.roles() == null) {
                                    at.permitAll();
                                } else {
                                    at.hasAnyAuthority(
                                            route.roles().stream()
                                                    .map(Role::name)
                                                    .toArray(String[]::new));
                                }
                            }
                            allow.requestMatchers("/api/**").denyAll();
                            allow.requestMatchers(path.matcher(HttpMethod.GET, "/**")).permitAll();
                            allow.anyRequest().denyAll();
                        });
        if (!issuer.isEmpty()) {
            ClientRegistration oidc =
                    ClientRegistrations.fromIssuerLocation(issuer)
                            .registrationId("oidc")
                            .clientId(clientId)
                            .clientSecret(clientSecret)
                            .scope("openid", "profile")
                            .build();
            http.oauth2Login(
                    login ->
                            login.clientRegistrationRepository(
                                            new InMemoryClientRegistrationRepository(oidc))
                                    .successHandler(providerSignIn)
                                    .failureHandler(providerSignIn));
        }
        return http.build();
    }

    static void write(HttpServletResponse response, HttpStatus status, String code)
            throws IOException {
        write(response, status, new Problem.Body(code, null, null, null));
    }

    private static void write(HttpServletResponse response, HttpStatus status, Problem.Body body)
            throws IOException {
        response.setStatus(status.value());
        response.setContentType("application/json;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        close(response);
        response.getWriter().write(Json.text(body));
    }

    /**
     * Ends the connection behind the answer: one small answer fits into the buffer of a connection,
     * and a hundred that no one reads would hold a thread.
     */
    private static void close(HttpServletResponse response) {
        response.setHeader("Connection", "close");
    }

    private static void refuse(HttpServletResponse response, Problem problem) throws IOException {
        if (problem.body().retryAfterSeconds() != null) {
            response.setHeader("Retry-After", problem.body().retryAfterSeconds().toString());
        }
        write(response, problem.status(), problem.body());
    }

    /**
     * Lets in what is small enough and readable, before anything of the body is read. Its form is
     * decided by the route.
     */
    private static final class BorderFilter extends OncePerRequestFilter {
        /** A page that is read slowly holds a thread of the server, of which there are 200. */
        private static final int MAX_PAGES = 64;

        private static final PathPatternRequestMatcher PROVIDER =
                PathPatternRequestMatcher.withDefaults().matcher("/oauth2/**");

        /** Where the server itself goes on after a fault, which no one asks for. */
        private static final PathPatternRequestMatcher FAULT =
                PathPatternRequestMatcher.withDefaults().matcher("/error/**");

        private final Limits limits;
        private final Semaphore pages = new Semaphore(MAX_PAGES);

        BorderFilter(Limits limits) {
            this.limits = limits;
        }

        @Override
        protected void doFilterInternal(
                HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            Routes.Route route = Routes.of(request);
            // Of a path that is no route nothing is read, and the answer is as for any other.
            int max = route == null ? Routes.MAX_BODY_BYTES : route.maxBodyBytes();
            // A body in parts does not say how long it is.
            if (request.getContentLengthLong() > max
                    || request.getHeader("Transfer-Encoding") != null) {
                write(response, HttpStatus.CONTENT_TOO_LARGE, "too-large");
                return;
            }
            if (FAULT.matches(request)) {
                write(response, HttpStatus.FORBIDDEN, "forbidden");
                return;
            }
            EnteredText.Request checked;
            String origin = Limits.origin(request.getRemoteAddr());
            Limits.Limit limit = ofStranger(route, request);
            try {
                checked = new EnteredText.Request(request);
                if (limit != null) {
                    limits.require(limit, origin);
                }
            } catch (Problem e) {
                refuse(response, e);
                return;
            }
            request.setAttribute(ROUTE, route);
            if (route != null) {
                try {
                    chain.doFilter(checked, response);
                } finally {
                    if (limit == Limits.Limit.BODIES && !checked.isCutShort()) {
                        limits.giveBack(limit, origin);
                    }
                }
            } else if (!pages.tryAcquire()) {
                refuse(response, Problem.unavailable("too many load pages at once"));
            } else {
                try {
                    chain.doFilter(checked, response);
                    response.flushBuffer();
                } finally {
                    pages.release();
                }
            }
        }

        /** The limit of the address, or null; whose login it is, is known behind the filters. */
        private static Limits.Limit ofStranger(Routes.Route route, HttpServletRequest request) {
            if (route != null && route.cost() == Routes.Cost.BY_NAME) {
                return Limits.Limit.BODIES;
            }
            boolean isSigningIn =
                    route == null
                            ? PROVIDER.matches(request)
                            : route.roles() == null && route.method().equals(HttpMethod.POST);
            return isSigningIn ? Limits.Limit.SIGNING_IN : null;
        }
    }

    /** Puts the account of the session, as it is now, behind the request. */
    private static final class SignedInFilter extends OncePerRequestFilter {
        private final Sessions sessions;
        private final Accounts accounts;
        private final Limits limits;

        SignedInFilter(Sessions sessions, Accounts accounts, Limits limits) {
            this.sessions = sessions;
            this.accounts = accounts;
            this.limits = limits;
        }

        /** A page, or a path that no one may call. */
        @Override
        protected boolean shouldNotFilter(HttpServletRequest request) {
            return request.getAttribute(ROUTE) == null;
        }

        @Override
        protected void doFilterInternal(
                HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            response.setHeader("Cache-Control", "no-store");
            Routes.Route route = (Routes.Route) request.getAttribute(ROUTE);
            Sessions.Signed signed = sessions.of(request);
            if (signed == null) {
                close(response);
                chain.doFilter(request, response);
            } else if (!signed.requests().tryAcquire()) {
                refuse(response, Problem.tooMany(1));
            } else {
                try {
                    inSession(route, signed, request, response, chain);
                } finally {
                    signed.requests().release();
                }
            }
        }

        private void inSession(
                Routes.Route route,
                Sessions.Signed signed,
                HttpServletRequest request,
                HttpServletResponse response,
                FilterChain chain)
                throws ServletException, IOException {
            boolean isLocked = signed.isLocked(System.currentTimeMillis());
            if (isLocked && !route.whileLocked()) {
                write(response, HttpStatus.LOCKED, "locked");
                return;
            }
            // Of a locked one only the right PIN shows that the person is there.
            if (!route.method().equals(HttpMethod.GET) && !isLocked) {
                sessions.active(request);
            }
            Limits.Limit limit = limit(route, request);
            if (limit != null) {
                try {
                    limits.require(limit, signed.name());
                } catch (Problem e) {
                    refuse(response, e);
                    return;
                }
            }
            Accounts.Account account = accounts.active(signed.name());
            // Asked after the rights, which may be those of a change that has ended the session.
            if (account == null || signed.isOver(System.currentTimeMillis())) {
                write(response, HttpStatus.UNAUTHORIZED, "not-signed-in");
                return;
            }
            Viewer viewer = account.viewer();
            request.setAttribute(
                    Audit.ACTOR, new Audit.Actor(viewer, signed.site(), signed.position()));
            SecurityContextHolder.getContext()
                    .setAuthentication(
                            UsernamePasswordAuthenticationToken.authenticated(
                                    viewer.name(),
                                    null,
                                    AuthorityUtils.createAuthorityList(
                                            viewer.roles().stream().map(Role::name).toList())));
            chain.doFilter(request, response);
        }

        private static Limits.Limit limit(Routes.Route route, HttpServletRequest request) {
            return switch (route.cost()) {
                case CHEAP, BY_NAME -> null;
                case EXPENSIVE -> Limits.Limit.EXPENSIVE;
                case BY_PLATE ->
                        request.getParameter("plate") == null ? null : Limits.Limit.EXPENSIVE;
                case MUTING -> Limits.Limit.MUTING;
            };
        }
    }
}
