using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using TsMapSurvey.Contracts;
using TsMapSurvey.Server.Api.Surveys;
using TsMapSurvey.Server.Failures;
using TsMapSurvey.Server.Published;
using TsMapSurvey.Tables;

namespace TsMapSurvey.Server.Api.Points;

/// <summary>Posted positions, and what is asked about them.</summary>
/// <param name="NSigmaUl">Null: that of the map.</param>
internal sealed record PointOrder(
    KnownSurvey Survey, string Map, string Slice, int Bin, double? NSigmaUl, IReadOnlyList<PostedRow> Rows);

/// <summary>
/// The answers to posted positions. They are computed tile by tile, so that each tile's map and stack are read once, and sent in the order
/// of the rows, as soon as all earlier rows are known.
/// </summary>
internal sealed class PointStream(TableForm form, PointOrder order, PreparedPoints points, PointReader reader, IGrainFactory grains)
    : IResult
{
    /// <summary>Positions of a tile that are fitted before other requests have a turn, and rows of a part that is sent.</summary>
    private const int Part = 500;

    private static readonly WaitOptions Wait = new(false, TimeSpan.FromSeconds(5));
    private readonly PostedPointAnswer?[] _answers = new PostedPointAnswer?[order.Rows.Count];
    private readonly bool _hasNames = order.Rows.Any(row => row.Name is not null);
    private int _sent;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (response, token) = (httpContext.Response, httpContext.RequestAborted);
        var places = Places();
        using var parts = form.Format is { } format ? new TableParts(format, order.Rows.Count) : null;
        // The first tile is read before anything is sent, so that its failures have a status of their own.
        Task<TilePoints>? next = null;
        for (var tile = 0; tile < places.Length; tile++)
        {
            // While a tile is read and fitted, the grain of the next one exports its stack.
            var source = next ?? SourceAsync(places[tile], token);
            next = tile + 1 < places.Length ? SourceAsync(places[tile + 1], token) : null;
            await AnswerAsync(places[tile], source, isFirst: tile == 0, token);
            await SendAsync(response, parts, token);
        }

        await SendAsync(response, parts, token);
        var end = parts is null ? "\n]\n"u8.ToArray() : parts.End();
        await response.Body.WriteAsync(end, token);
    }

    /// <summary>The rows of each tile, in the order of the tiles' first rows; rows outside the survey are answered at once.</summary>
    private (int Row, PointPlace Place)[][] Places()
    {
        var places = new List<(int Row, PointPlace Place)>();
        for (var row = 0; row < order.Rows.Count; row++)
        {
            var position = order.Rows[row].Position;
            if (order.Survey.Survey.Tiling.Owner(position) is { } owner)
                places.Add((row, new PointPlace(position, owner.Tile, owner.X, owner.Y)));
            else
                _answers[row] = Row(row, PointReader.Outside(
                    order.Survey, position, order.Map, order.Bin, order.Slice, $"the position is outside survey {order.Survey.Name}"));
        }

        return [.. places.GroupBy(one => one.Place.Tile).Select(tile => tile.ToArray())];
    }

    private async Task AnswerAsync(
        (int Row, PointPlace Place)[] rows, Task<TilePoints> source, bool isFirst, CancellationToken cancellationToken)
    {
        try
        {
            await ReadAsync(rows, await source, cancellationToken);
        }
        catch (DamagedBlobException damaged) when (!isFirst)
        {
            // The answer has begun, so the request cannot be repeated as a whole.
            points.Forget(damaged.Blob);
            await grains.Mosaic(order.Survey.Name).Restore(damaged.Blob, cancellationToken);
            await RetryAsync(rows, cancellationToken);
        }
        catch (Exception exception)
            when (!isFirst && !cancellationToken.IsCancellationRequested && FailureTable.Of(exception).Detail is not null)
        {
            Fail(rows, FailureTable.Of(exception).Detail!);
        }
    }

    private async Task RetryAsync((int Row, PointPlace Place)[] rows, CancellationToken cancellationToken)
    {
        try
        {
            await ReadAsync(rows, await SourceAsync(rows, cancellationToken), cancellationToken);
        }
        catch (DamagedBlobException damaged)
        {
            Fail(rows, damaged.Message);
        }
    }

    private Task<TilePoints> SourceAsync((int Row, PointPlace Place)[] rows, CancellationToken cancellationToken) =>
        points.OpenAsync(order.Survey, rows[0].Place.Tile, order.Map, order.Slice, Wait, cancellationToken);

    private async Task ReadAsync((int Row, PointPlace Place)[] rows, TilePoints source, CancellationToken cancellationToken)
    {
        foreach (var chunk in rows.Chunk(Part))
        {
            var answers = await reader.ReadAsync(
                source, order.Bin, [.. chunk.Select(one => one.Place)], order.NSigmaUl, cancellationToken);
            for (var i = 0; i < chunk.Length; i++) _answers[chunk[i].Row] = Row(chunk[i].Row, answers[i]);
        }
    }

    private void Fail((int Row, PointPlace Place)[] rows, string reason)
    {
        foreach (var (row, place) in rows)
        {
            var empty = PointReader.Outside(order.Survey, place.Position, order.Map, order.Bin, order.Slice, reason);
            _answers[row] = Row(row, empty with
            {
                State = RequestErrors.CamelCase(nameof(TicketState.Failed)),
                Tile = place.Tile.ToString(),
            });
        }
    }

    /// <summary>Sends the rows that follow the last one sent, as far as they are known.</summary>
    private async Task SendAsync(HttpResponse response, TableParts? parts, CancellationToken cancellationToken)
    {
        var (first, end) = (_sent, _sent);
        while (end < _answers.Length && _answers[end] is not null) end++;
        if (end == first && response.HasStarted) return;
        if (!response.HasStarted)
        {
            response.HttpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            response.ContentType = form.FullContentType;
            response.Headers.CacheControl = "no-store";
            if (form.Format is not null)
                response.Headers.ContentDisposition = $"attachment; filename=\"{order.Survey.Name}-{order.Map}-points.{form.Name}\"";
            if (parts is null) await response.Body.WriteAsync("["u8.ToArray(), cancellationToken);
            else if (end == first) await response.Body.WriteAsync(parts.Add(Table([])), cancellationToken);
        }

        for (; _sent < end; _sent += Math.Min(Part, end - _sent))
        {
            PostedPointAnswer[] rows = [.. _answers.Skip(_sent).Take(Math.Min(Part, end - _sent))!];
            await response.Body.WriteAsync(parts is null ? Json(rows) : parts.Add(Table(rows)), cancellationToken);
            Array.Clear(_answers, _sent, rows.Length);
        }

        await response.Body.FlushAsync(cancellationToken);
    }

    private DataTable Table(PostedPointAnswer[] rows) => PointTable.Of(rows, order.Survey.Name, order.Map, _hasNames);

    private byte[] Json(PostedPointAnswer[] rows)
    {
        using var text = new MemoryStream();
        for (var i = 0; i < rows.Length; i++)
        {
            text.Write(_sent + i == 0 ? "\n"u8 : ",\n"u8);
            JsonSerializer.Serialize(text, rows[i], JsonText.Options);
        }

        return text.ToArray();
    }

    private PostedPointAnswer Row(int row, PointAnswer answer) => new(row + 1, order.Rows[row].Name, answer);
}
