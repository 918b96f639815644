using Microsoft.AspNetCore.Http;
using TsMapSurvey.Server.Api;

namespace TsMapSurvey.Server.Tests;

/// <summary>Answers without a server: their ETags, and 304 for clients that have them already.</summary>
public sealed class AnswerTests
{
    private static readonly DataVersion Version = new(12, new DateTimeOffset(2020, 6, 5, 1, 2, 3, TimeSpan.Zero), true);
    private static readonly byte[] Body = [1, 2, 3];

    [Fact]
    public async Task What_a_client_has_already_is_304_without_a_body_and_with_its_version()
    {
        var first = await ExecuteAsync(Text());
        Assert.Equal((200, "010203"), (first.Response.StatusCode, Sent(first)));
        Assert.Equal("no-cache", first.Response.Headers.CacheControl);
        var tag = first.Response.Headers.ETag.ToString();
        foreach (var known in new[] { tag, $"W/{tag}", $"\"other\", {tag}", "*" })
        {
            var again = await ExecuteAsync(Text(), HttpMethods.Get, known);
            Assert.Equal((known, 304, ""), (known, again.Response.StatusCode, Sent(again)));
            Assert.Equal((tag, "12", "true"), (again.Response.Headers.ETag.ToString(), again.Response.Headers["Tsmap-Revision"]
                .ToString(), again.Response.Headers["Tsmap-Stale"].ToString()));
        }

        Assert.Equal(200, (await ExecuteAsync(Text(), HttpMethods.Get, "\"other\"")).Response.StatusCode);
        Assert.Equal(200, (await ExecuteAsync(Text(), HttpMethods.Post, tag)).Response.StatusCode);
    }

    [Fact]
    public async Task A_tag_is_of_the_bytes_and_of_the_revision()
    {
        var tags = new List<string>();
        foreach (var answer in new[] { Text(), Text(body: [1, 2, 4]), Text(version: Version with { Revision = 13 }),
            Text(hasVersion: false) })
            tags.Add((await ExecuteAsync(answer)).Response.Headers.ETag.ToString());
        Assert.Equal(4, tags.Distinct().Count());
        Assert.Equal(tags[0], (await ExecuteAsync(Text())).Response.Headers.ETag.ToString());
    }

    [Fact]
    public async Task A_client_is_sent_away_without_a_tag_and_told_when_to_come_again()
    {
        var waiting = await ExecuteAsync(Text(status: 202), HttpMethods.Get, "*");
        Assert.Equal((202, "010203"), (waiting.Response.StatusCode, Sent(waiting)));
        Assert.Equal(("no-store", "1", ""), (waiting.Response.Headers.CacheControl.ToString(),
            waiting.Response.Headers.RetryAfter.ToString(), waiting.Response.Headers.ETag.ToString()));
    }

    [Fact]
    public async Task HEAD_has_the_headers_of_GET_and_no_body()
    {
        foreach (var answer in new IResult[] { Text(), File() })
        {
            var (head, get) = (await ExecuteAsync(answer, HttpMethods.Head), await ExecuteAsync(answer));
            Assert.Empty(Sent(head));
            Assert.Equal((get.Response.ContentLength, get.Response.Headers.ETag, get.Response.ContentType),
                (head.Response.ContentLength, head.Response.Headers.ETag, head.Response.ContentType));
            Assert.Equal(3, head.Response.ContentLength);
        }
    }

    [Fact]
    public async Task A_file_is_made_only_for_a_client_that_does_not_have_it()
    {
        var made = 0;
        var answer = File(() => made++);
        var first = await ExecuteAsync(answer);
        Assert.Equal((200, "010203", 1), (first.Response.StatusCode, Sent(first), made));
        Assert.Equal(Version.ETag, first.Response.Headers.ETag.ToString());
        var again = await ExecuteAsync(answer, HttpMethods.Get, Version.ETag);
        Assert.Equal((304, 1, "12"), (again.Response.StatusCode, made, again.Response.Headers["Tsmap-Revision"].ToString()));
        Assert.Equal("attachment; filename=\"a.fits\"", first.Response.Headers.ContentDisposition);
    }

    [Fact]
    public async Task Only_an_address_that_names_its_revision_may_be_kept_for_ever()
    {
        Assert.Equal("no-cache", (await ExecuteAsync(File())).Response.Headers.CacheControl);
        Assert.Equal("public, max-age=31536000, immutable", (await ExecuteAsync(File(isImmutable: true))).Response.Headers.CacheControl);
    }

    [Fact]
    public async Task A_page_of_a_list_names_the_next() =>
        Assert.Equal("</api/x?after=2>; rel=\"next\"",
            (await ExecuteAsync(new LiveText(Body, "text/csv", null, next: "/api/x?after=2"))).Response.Headers.Link);

    private static LiveText Text(byte[]? body = null, DataVersion? version = null, bool hasVersion = true, int status = 200) =>
        new(body ?? Body, "text/csv", hasVersion ? version ?? Version : null, status);

    private static MapFile File(Action? making = null, bool isImmutable = false) => MapFile.Of(Version, MapFile.Fits, "a.fits", _ =>
    {
        making?.Invoke();
        return Task.FromResult(Body);
    }, isImmutable);

    private static async Task<HttpContext> ExecuteAsync(IResult answer, string? method = null, string? ifNoneMatch = null)
    {
        var context = new DefaultHttpContext();
        (context.Request.Method, context.Response.Body) = (method ?? HttpMethods.Get, new MemoryStream());
        if (ifNoneMatch is not null) context.Request.Headers.IfNoneMatch = ifNoneMatch;
        await answer.ExecuteAsync(context);
        return context;
    }

    private static string Sent(HttpContext context) => Convert.ToHexString(((MemoryStream)context.Response.Body).ToArray());
}
