using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using TsMapSurvey.Server.Failures;
using TsMapSurvey.Server.Settings;

namespace TsMapSurvey.Server.Access;

/// <summary>What a valid token says.</summary>
/// <param name="Subject">Null if the token has none.</param>
internal sealed record TokenHolder(string? Subject, Permissions Permissions);

/// <summary>
/// Checks bearer tokens of Entra ID or another OpenID Connect issuer: JSON web tokens (RFC 7519) signed with a key that the issuer
/// publishes, for one of our audiences, with a role or scope that permits something.
/// </summary>
internal sealed class TokenCheck : IDisposable
{
    /// <summary>Signatures with a public key only: a token may not choose "none", or a MAC with the public key as its secret.</summary>
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private const int MaxTokenBytes = 16 << 10;
    private const long MaxMetadataBytes = 1 << 20;
    private static readonly TimeSpan MetadataTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = MaxTokenBytes };
    private readonly (string Name, Permissions Permissions)[] _roles;
    private readonly HttpClient? _http;
    private readonly ConfigurationManager<OpenIdConnectConfiguration>? _issuer;
    private readonly TokenValidationParameters? _parameters;
    private readonly TimeProvider _time;

    /// <summary>When the issuer failed to answer; 0 if it did not.</summary>
    private long _failedAt;

    public TokenCheck(ServerSettings settings, TimeProvider time)
    {
        _time = time;
        _roles =
        [
            (settings.TokenReadRole, Permissions.Read), (settings.TokenWriteRole, Permissions.All),
            (settings.TokenOperateRole, Permissions.Operate),
        ];
        if (settings.TokenAuthority is not { } authority) return;
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        { Timeout = MetadataTimeout, MaxResponseContentBufferSize = MaxMetadataBytes };
        _issuer = new ConfigurationManager<OpenIdConnectConfiguration>(
            $"{authority.TrimEnd('/')}/.well-known/openid-configuration", new OpenIdConnectConfigurationRetriever(),
            new HttpDocumentRetriever(_http) { RequireHttps = new Uri(authority).Scheme == Uri.UriSchemeHttps });
        _parameters = new TokenValidationParameters
        {
            ConfigurationManager = _issuer,
            ValidAlgorithms = Algorithms,
            ValidAudiences = settings.TokenAudiences,
            ClockSkew = ClockSkew,
        };
    }

    public bool AreUsed => _parameters is not null;

    /// <exception cref="RequestException">401 with the reason; 503 if the issuer's keys cannot be read.</exception>
    public async Task<TokenHolder> ReadAsync(string token, CancellationToken cancellationToken)
    {
        await ReadIssuerAsync(cancellationToken);
        var result = await _handler.ValidateTokenAsync(token, _parameters);
        if (!result.IsValid) throw RequestErrors.BadToken(Fault(result.Exception));
        var claims = result.ClaimsIdentity;
        // Entra ID has application roles in "roles", and what a user let a program do in "scp", separated by spaces.
        string[] found = [.. claims.FindAll("roles").Select(claim => claim.Value), .. claims.FindAll("scp")
            .SelectMany(claim => claim.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        var permissions = _roles.Where(role => found.Contains(role.Name, StringComparer.Ordinal))
            .Aggregate(Permissions.None, (all, role) => all | role.Permissions);
        return new TokenHolder(claims.FindFirst("sub")?.Value ?? claims.FindFirst("azp")?.Value, permissions);
    }

    public void Dispose() => _http?.Dispose();

    /// <summary>Keeps the keys, and reads them again after a day or when a token has an unknown one, at most every five minutes.</summary>
    private async Task ReadIssuerAsync(CancellationToken cancellationToken)
    {
        // Otherwise requests with any token would wait for an issuer that does not answer, one after the other.
        if (Interlocked.Read(ref _failedAt) is not 0 and var failed && _time.GetElapsedTime(failed) < PauseAfterFailure)
            throw RequestErrors.NoIssuer();
        try
        {
            await _issuer!.GetConfigurationAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is InvalidOperationException or IOException or HttpRequestException)
        {
            Interlocked.Exchange(ref _failedAt, _time.GetTimestamp());
            throw RequestErrors.NoIssuer();
        }
    }

    /// <summary>Never what the token contains: its author is not known.</summary>
    private static string Fault(Exception exception) => exception switch
    {
        SecurityTokenExpiredException => "it has expired",
        SecurityTokenNotYetValidException => "it is not valid yet (nbf)",
        SecurityTokenNoExpirationException => "it never expires",
        SecurityTokenInvalidLifetimeException => "its times (nbf, exp) are invalid",
        SecurityTokenInvalidAudienceException => "it is for another audience",
        SecurityTokenInvalidIssuerException => "it is from another issuer",
        SecurityTokenInvalidAlgorithmException => "its algorithm is not accepted; expected RS, PS or ES with 256, 384 or 512",
        SecurityTokenSignatureKeyNotFoundException => "it is not signed with a key of the issuer",
        SecurityTokenInvalidSignatureException => "its signature is missing or wrong",
        SecurityTokenInvalidTypeException => "it is of another type",
        _ => "it is not a signed JSON web token",
    };
}
