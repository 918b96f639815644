using System.Net;
using TsMapSurvey.Server.Failures;

namespace TsMapSurvey.Server.Access;

/// <summary>Who sent a request, and what the request may do.</summary>
/// <param name="IsKnown">It has a valid key or token.</param>
/// <param name="IsOfThisMachine">It came from a loopback address.</param>
/// <param name="Refusal">Why its token was refused; null if it has none or a valid one.</param>
internal sealed record Caller(
    ClientId Client, Permissions Permissions, bool IsKnown, bool IsOfThisMachine, RequestException? Refusal = null)
{
    /// <exception cref="InvalidOperationException">The request did not pass <see cref="Callers"/>.</exception>
    public static Caller Of(HttpContext context) =>
        context.Features.Get<Caller>() ?? throw new InvalidOperationException("the request has no caller");

    /// <summary>How many requests the client may still send, as a header says it; null if the client has no limit.</summary>
    public string? Standing { get; set; }

    public bool May(Permissions permission) => (Permissions & permission) == permission;

    /// <summary>Whether its key or token permits writing, as opposed to everyone.</summary>
    public bool IsWriter => IsKnown && May(Permissions.Write);

    internal static bool IsLocal(IPAddress? address) =>
        address is not null && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);
}
