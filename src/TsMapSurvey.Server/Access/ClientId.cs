using System.Buffers.Binary;
using System.Net;

namespace TsMapSurvey.Server.Access;

/// <summary>Who counts as one client for the limits: the holder of a key, the subject of a token, or an address.</summary>
internal readonly record struct ClientId(ClientKind Kind, UInt128 Value)
{
    private const int NetworkBytes = 8;

    /// <summary>IPv6 clients count by their /64 network, in which they can choose any address.</summary>
    public static ClientId OfAddress(IPAddress? address)
    {
        if (address is null) return default;
        Span<byte> bytes = stackalloc byte[16];
        if (!(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).TryWriteBytes(bytes, out var written)) return default;
        if (written > NetworkBytes && !IPAddress.IsLoopback(address)) bytes[NetworkBytes..].Clear();
        return new ClientId(written > NetworkBytes ? ClientKind.Network : ClientKind.Address, BinaryPrimitives.ReadUInt128BigEndian(bytes));
    }

    /// <param name="digest">The digest of a valid key.</param>
    public static ClientId OfKey(ReadOnlySpan<byte> digest) => new(ClientKind.Key, BinaryPrimitives.ReadUInt128BigEndian(digest));

    /// <param name="subject">The subject of a valid token.</param>
    public static ClientId OfSubject(string subject) =>
        new(ClientKind.Subject, BinaryPrimitives.ReadUInt128BigEndian(KeySet.Digest(subject)));
}

internal enum ClientKind
{
    Unknown,
    Address,
    Network,
    Key,
    Subject,
}
