using TsMapSurvey.Maps.Datasets;

namespace TsMapSurvey.Maps.Tests;

public sealed class MaskedRowTests
{
    [Fact]
    public void Rows_of_any_length_and_mask_are_added_bit_for_bit_as_one_by_one()
    {
        var random = new Random(7);
        for (var length = 0; length <= 256; length++)
        {
            var mask = Enumerable.Range(0, length).Select(_ => random.Next(length % 3 == 0 ? 2 : 20) > 0).ToArray();
            var values = Enumerable.Range(0, length).Select(_ => random.Next(15) switch
            {
                0 => double.NaN,
                1 => double.PositiveInfinity,
                2 => double.NegativeInfinity,
                3 => -0.0,
                _ => random.NextDouble() * 1e9,
            }).ToArray();
            var (sum, count) =
                (Enumerable.Range(0, length).Select(i => i % 5 == 0 ? -0.0 : random.NextDouble()).ToArray(), new int[length]);
            var (expected, expectedCount) = (sum.ToArray(), count.ToArray());
            for (var i = 0; i < length; i++)
            {
                if (mask[i] && double.IsFinite(values[i])) expected[i] += values[i];
                if (mask[i]) expectedCount[i]++;
            }

            MaskedRow.Add(values, mask, sum);
            MaskedRow.Count(mask, count);
            Assert.Equal(expected.Select(BitConverter.DoubleToInt64Bits), sum.Select(BitConverter.DoubleToInt64Bits));
            Assert.Equal(expectedCount, count);
        }
    }

    [Fact]
    public void Positive_values_and_masks_are_combined_as_one_by_one()
    {
        var random = new Random(8);
        for (var length = 0; length <= 256; length++)
        {
            bool[] Mask() => [.. Enumerable.Range(0, length).Select(_ => random.Next(4) > 0)];
            var (mask, other) = (Mask(), Mask());
            double[] values = [.. Enumerable.Range(0, length).Select(_ => random.Next(
                8) switch { 0 =>
                double.NaN, 1 => double.PositiveInfinity, 2 => -1.5, 3 => double.MaxValue, 4 => 0, _ => random.NextDouble() })];
            double[] sum = [.. Enumerable.Range(0, length).Select(_ => random.NextDouble())], expected = [.. sum];
            for (var i = 0; i < length; i++)
                if (mask[i] && values[i] > 0 && double.IsFinite(values[i])) expected[i] += values[i];
            MaskedRow.AddPositive(values, mask, sum);
            Assert.Equal(expected, sum);
            bool[] both = [.. mask.Zip(other, (a, b) => a && b)];
            MaskedRow.And(mask, other);
            Assert.Equal(both, mask);
        }
    }
}
